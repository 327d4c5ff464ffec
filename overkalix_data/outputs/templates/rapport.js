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
  function cell(words) { return '"' + String(words).replace(/^[=+\-@]/, "'$&").replace(/"/g, '""') + '"'; }

  // The projects that are shown, a row each, the headings first.
  function table() {
    var headings = ["id", shown.getAttribute("data-title")], rows = [];
    Array.prototype.forEach.call(list.querySelectorAll(".project"), function (project) {
      var row = [project.id, text(project.querySelector("h3").firstChild)];
      Array.prototype.forEach.call(project.querySelectorAll("dt"), function (dt) {
        var at = headings.indexOf(text(dt)), known = dt.nextElementSibling.querySelectorAll("p:not(.where):not(.unknown)");
        if (at < 0) { at = headings.push(text(dt)) - 1; }
        row[at] = Array.prototype.map.call(known, text).join("; ");
        // What stands under a heading with the unit of money is a number, whatever the language writes between its digits.
        if (row[at] && /\((kr|SEK)\)$/.test(headings[at])) { row[at] = Number(row[at].replace(/\D/g, "")); }
      });
      if (!project.hidden) { rows.push(row); }
    });
    return [headings].concat(rows).map(function (row) { return headings.map(function (heading, at) { return at in row ? row[at] : ""; }); });
  }

  function csv() {
    return "\ufeff" + table().map(function (row) { return row.map(cell).join(lang === "sv" ? ";" : ","); }).join("\r\n") + "\r\n";
  }

  function xml(words) { return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;"); }

  function xmlCell(words) {
    if (words === "") { return "<c/>"; }
    return typeof words === "number" ? "<c><v>" + words + "</v></c>" : '<c t="inlineStr"><is><t xml:space="preserve">' + xml(words) + "</t></is></c>";
  }

  function book() {
    var head = '<?xml version="1.0" encoding="UTF-8"?>', base = "http://schemas.openxmlformats.org/", main = base + "spreadsheetml/2006/main";
    var type = "application/vnd.openxmlformats-officedocument.spreadsheetml.", of = base + "officeDocument/2006/relationships";
    function leads(kind, target) {
      return head + '<Relationships xmlns="' + base + 'package/2006/relationships"><Relationship Id="rId1" Type="' + of + "/" + kind + '" Target="' + target + '"/></Relationships>';
    }
    return zipped([
      ["[Content_Types].xml", head + '<Types xmlns="' + base + 'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Override PartName="/xl/workbook.xml" ContentType="' + type + 'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + type + 'worksheet+xml"/></Types>'],
      ["_rels/.rels", leads("officeDocument", "xl/workbook.xml")],
      ["xl/workbook.xml", head + '<workbook xmlns="' + main + '" xmlns:r="' + of + '"><sheets><sheet name="' + xml(shown.getAttribute("data-title")) + '" sheetId="1" r:id="rId1"/></sheets></workbook>'],
      ["xl/_rels/workbook.xml.rels", leads("worksheet", "worksheets/sheet1.xml")],
      ["xl/worksheets/sheet1.xml", head + '<worksheet xmlns="' + main + '"><cols><col min="1" max="99" width="32" customWidth="1"/></cols><sheetData>' +
        table().map(function (row) { return "<row>" + row.map(xmlCell).join("") + "</row>"; }).join("") + "</sheetData></worksheet>"]
    ]);
  }

  function bytes(number, length) {
    var made = [];
    while (made.length < length) { made.push(number & 255); number >>>= 8; }
    return made;
  }

  function checksum(data) {
    var sum = -1, at, bit;
    for (at = 0; at < data.length; at++) {
      sum ^= data[at];
      for (bit = 0; bit < 8; bit++) { sum = sum & 1 ? sum >>> 1 ^ 0xEDB88320 : sum >>> 1; }
    }
    return sum ^ -1;
  }

  // An archive of [name, text], stored as they are: what a workbook is, without a library.
  function zipped(files) {
    var parts = [], list = [], at = 0, size = 0, utf8 = new TextEncoder();
    files.forEach(function (file) {
      var name = utf8.encode(file[0]), data = utf8.encode(file[1]), length = bytes(data.length, 4);
      var about = [20, 0, 0, 8, 0, 0, 0, 0, 33, 0].concat(bytes(checksum(data), 4), length, length, bytes(name.length, 2), [0, 0]);
      parts.push(new Uint8Array([80, 75, 3, 4].concat(about)), name, data);
      list.push(new Uint8Array([80, 75, 1, 2, 20, 0].concat(about, bytes(0, 10), bytes(at, 4))), name);
      at += 30 + name.length + data.length;
      size += 46 + name.length;
    });
    return parts.concat(list, new Uint8Array([80, 75, 5, 6, 0, 0, 0, 0].concat(bytes(files.length, 2), bytes(files.length, 2), bytes(size, 4), bytes(at, 4), [0, 0])));
  }

  function download(name, parts) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts));
    link.download = name;
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
  document.getElementById("csv").addEventListener("click", function () { download("projekt.csv", [csv()]); });
  document.getElementById("xlsx").addEventListener("click", function () { download("projekt.xlsx", book()); });
  window.addEventListener("hashchange", function () {
    if (location.hash.indexOf("=") > 0) { recall(); apply(); return; }
    // A link leads to a project whatever the filters say.
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { form.reset(); setTimeout(function () { target.scrollIntoView(); }, 0); }
  });
  if (location.hash.indexOf("=") > 0) { recall(); }
  apply();
}());
