// Search and filters over the list. Without JavaScript the form stays hidden and the list is whole.
(function () {
  "use strict";
  var form = document.getElementById("filter"), list = document.getElementById("projects"), shown = document.getElementById("shown");
  var lang = document.documentElement.lang, names = [{% for name, heading, options in filters %}"{{ name }}"{{ ", " if not loop.last }}{% endfor %}], waiting = 0;
  var items = Array.prototype.map.call(list.querySelectorAll(".project"), function (element, at) {
    return { element: element, at: at, label: element.querySelector("h3").textContent, words: "" };
  });
  var total = items.length, order = "";
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

  function later() { clearTimeout(waiting); waiting = setTimeout(apply, 120); }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); arrange(); }, 0); });
  form.elements.text.addEventListener("input", later);
  form.addEventListener("change", function () { apply(); arrange(); });
  window.addEventListener("hashchange", function () {
    // A link leads to a project whatever the filters say.
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { form.reset(); setTimeout(function () { target.scrollIntoView(); }, 0); }
  });
  apply();
}());
