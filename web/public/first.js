// Before the first paint: the theme and the language of the last visit.
try {
  var root = document.documentElement;
  root.dataset.theme = localStorage.getItem('theme') || 'auto';
  root.lang = localStorage.getItem('lang') || (navigator.language.slice(0, 2) === 'en' ? 'en' : 'it');
} catch {
  // storage may be closed to us: the defaults in the page stand
}
