// Where we are. Links are plain <a href>; clicks on them stay in the page.
export interface Place {
  path: string;
  parts: string[];
  query: URLSearchParams;
}
function read(): Place {
  const { pathname, search } = window.location;
  return { path: pathname, parts: pathname.split('/').filter(Boolean), query: new URLSearchParams(search) };
}
let place = $state.raw(read());

export const here = (): Place => place;

export function go(href: string, replace = false): void {
  if (href === window.location.pathname + window.location.search) return;
  window.history[replace ? 'replaceState' : 'pushState'](null, '', href);
  place = read();
}
/** Change some of the query, keep the rest; null takes a name away. */
export function ask(changes: Record<string, string | null>, replace = true): void {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const tail = query.toString();
  go(place.path + (tail ? `?${tail}` : ''), replace);
}
function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
  if (link.origin !== window.location.origin || link.pathname.startsWith('/api/')) return;
  if (link.hash && link.pathname === window.location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
export function startRouter(): () => void {
  const back = () => (place = read());
  window.addEventListener('popstate', back);
  document.addEventListener('click', follow);
  return () => {
    window.removeEventListener('popstate', back);
    document.removeEventListener('click', follow);
  };
}
