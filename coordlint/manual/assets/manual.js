/* Adds comfort only: every page can be read, searched by eye and printed without this file. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* Theme: follows the system until someone chooses. Read before the page is drawn, so that nothing flashes. */
  var themes = ["system", "light", "dark"], key = "manual-theme", now = "system";
  function keep(value) { try { localStorage.setItem(key, value); } catch (refused) { /* a private window keeps nothing */ } }
  function recall() { try { return localStorage.getItem(key); } catch (refused) { return null; } }
  function show(value) {
    now = themes.indexOf(value) < 0 ? "system" : value;
    if (now === "system") { root.removeAttribute("data-theme"); } else { root.setAttribute("data-theme", now); }
  }
  show(recall());

  function rowsOf(table) { return Array.prototype.slice.call(table.tBodies[0].rows); }

  function theme() {
    var button = document.getElementById("theme");
    if (!button) { return; }
    function name() { button.textContent = "Theme: " + now; }
    button.hidden = false;
    button.addEventListener("click", function () {
      show(themes[(themes.indexOf(now) + 1) % themes.length]);
      keep(now);
      name();
    });
    name();
  }

  /* Tables that are long: show only the rows that hold some words. */
  function sift(form) {
    var table = form.nextElementSibling.querySelector("table"), rows = rowsOf(table);
    var box = form.querySelector("input"), out = form.querySelector("[role=status]");
    form.hidden = false;
    function filter() {
      var words = box.value.trim().toLowerCase(), shown = 0;
      rows.forEach(function (row) {
        row.hidden = words !== "" && row.textContent.toLowerCase().indexOf(words) < 0;
        if (!row.hidden) { shown += 1; }
      });
      out.textContent = words === "" ? "" : shown + " of " + rows.length + " shown.";
    }
    form.addEventListener("input", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    filter();
  }

  /* Decision matrix: by the words of a call, by who takes part, by what is amiss. */
  function matrix(bar) {
    var rows = [], tables = document.querySelectorAll("table.matrix");
    Array.prototype.forEach.call(tables, function (table) { rows = rows.concat(rowsOf(table)); });
    var text = document.getElementById("q"), party = document.getElementById("by-party"), out = document.getElementById("shown");
    bar.hidden = false;
    function has(row, name, value) { return (" " + row.getAttribute(name) + " ").indexOf(" " + value + " ") >= 0; }
    function filter() {
      var words = text.value.trim().toLowerCase(), shown = 0;
      var only = bar.querySelector("input[name=only]:checked").value;
      rows.forEach(function (row) {
        row.hidden = !((words === "" || row.cells[0].textContent.toLowerCase().indexOf(words) >= 0) &&
          (party.value === "" || has(row, "data-parties", party.value)) &&
          (only === "all" || has(row, "data-flags", only)));
        if (!row.hidden) { shown += 1; }
      });
      out.textContent = (shown === rows.length ? "All " + shown : shown + " of " + rows.length) + " shown.";
    }
    bar.addEventListener("input", filter);
    bar.addEventListener("submit", function (event) { event.preventDefault(); });
    bar.addEventListener("reset", function () { setTimeout(filter, 0); });
    filter();
  }

  document.addEventListener("DOMContentLoaded", function () {
    theme();
    Array.prototype.forEach.call(document.querySelectorAll("form.sift"), sift);
    var bar = document.getElementById("matrix-bar");
    if (bar) { matrix(bar); }
  });
}());
