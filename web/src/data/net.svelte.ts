// Whether the server answers, and which operations were made in this tab.
class Net {
  offline = $state(false);
  own = new Set<number>();
}
export const net = new Net();
