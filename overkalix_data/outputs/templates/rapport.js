// Search and filters over the list. Without JavaScript the form stays hidden and the list is whole.
(function () {
  "use strict";
  var form = document.getElementById("filter"), list = document.getElementById("projects"), shown = document.getElementById("shown");
  var lang = document.documentElement.lang, names = [{% for name, heading, options in filters %}"{{ name }}"{{ ", " if not loop.last }}{% endfor %}], waiting = 0;
  var items = Array.prototype.map.call(list.querySelectorAll(".project"), function (element, at) {
    return { element: element, at: at, label: element.querySelector("h3").textContent, words: "" };
  });
  var total = items.length, order = "", fields = ["text"].concat(names, "order");
  if (!total) { return; }

  function fold(text) { return text.toLocaleLowerCase(lang); }

  function fits(item, wanted, words) {
    for (var i = 0; i < names.length; i++) {
      if (wanted[i] && item.element.getAttribute("data-" + names[i]).split("¦").indexOf(wanted[i]) < 0) { return false; }
    }
    if (!words.length) { return true; }
    item.words = item.words || fold(item.element.textContent);
    return words.every(function (word) { return item.words.indexOf(word) >= 0; });
  }

  function apply() {
    var wanted = names.map(function (name) { return form.elements[name].value; });
    var words = fold(form.elements.text.value).split(/\s+/).filter(Boolean), count = 0;
    items.forEach(function (item) {
      var fit = fits(item, wanted, words);
      count += fit ? 1 : 0;
      if (item.element.hidden === fit) { item.element.hidden = !fit; }
    });
    shown.textContent = shown.getAttribute("data-words").replace("##", total.toLocaleString(lang)).replace("#", count.toLocaleString(lang));
    arrange();
  }

  // The choices stand in the address, so that a selection can be sent and comes back: #status=…&text=…
  function remember() {
    var chosen = new URLSearchParams(), hash;
    fields.forEach(function (name) { if (form.elements[name].value) { chosen.set(name, form.elements[name].value); } });
    hash = "#" + chosen;
    if (hash.length > 1 || location.hash.indexOf("=") > 0) { history.replaceState(null, "", hash); }
  }

  function recall() {
    var chosen = new URLSearchParams(location.hash.slice(1));
    fields.forEach(function (name) { form.elements[name].value = chosen.get(name) || ""; });
  }

  function text(element) { return element.textContent.replace(/\s+/g, " ").trim(); }

  // What could be a formula in Excel is held as text by a '.
  function cell(words) { return '"' + words.replace(/^[=+\-@]/, "'$&").replace(/"/g, '""') + '"'; }

  function csv() {
    var headings = ["id", shown.getAttribute("data-title")], rows = [];
    Array.prototype.forEach.call(list.querySelectorAll(".project"), function (project) {
      var row = [project.id, text(project.querySelector("h3").firstChild)];
      Array.prototype.forEach.call(project.querySelectorAll("dt"), function (dt) {
        var at = headings.indexOf(text(dt)), known = dt.nextElementSibling.querySelectorAll("p:not(.where):not(.unknown)");
        if (at < 0) { at = headings.push(text(dt)) - 1; }
        row[at] = Array.prototype.map.call(known, text).join("; ");
      });
      if (!project.hidden) { rows.push(row); }
    });
    return "\ufeff" + [headings].concat(rows).map(function (row) {
      return headings.map(function (heading, at) { return cell(row[at] || ""); }).join(lang === "sv" ? ";" : ",");
    }).join("\r\n") + "\r\n";
  }

  function download() {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    link.download = "projekt.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  function arrange() {
    if (form.elements.order.value === order) { return; }
    order = form.elements.order.value;
    var compare = new Intl.Collator(order ? "sv" : lang, { numeric: true }).compare;
    var sorted = items.slice().sort(function (a, b) { return order ? compare(a.label, b.label) || a.at - b.at : a.at - b.at; });
    var all = document.createDocumentFragment();
    sorted.forEach(function (item) { all.appendChild(item.element); });
    list.appendChild(all);
  }

  function changed() { apply(); remember(); }
  function later() { clearTimeout(waiting); waiting = setTimeout(changed, 120); }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); changed(); });
  form.addEventListener("reset", function () { setTimeout(changed, 0); });
  form.elements.text.addEventListener("input", later);
  form.addEventListener("change", changed);
  document.getElementById("csv").addEventListener("click", download);
  window.addEventListener("hashchange", function () {
    if (location.hash.indexOf("=") > 0) { recall(); apply(); return; }
    // A link leads to a project whatever the filters say.
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { form.reset(); setTimeout(function () { target.scrollIntoView(); }, 0); }
  });
  if (location.hash.indexOf("=") > 0) { recall(); }
  apply();
}());
