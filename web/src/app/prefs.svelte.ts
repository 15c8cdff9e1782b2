// Choices of this browser: single-letter keys, a folded sidebar.
const read = (name: string, otherwise: boolean): boolean => {
  const value = localStorage.getItem(name);
  return value === null ? otherwise : value === 'yes';
};
class Prefs {
  letters = $state(read('letters', true));
  folded = $state(read('folded', false));

  keep(name: 'letters' | 'folded', value: boolean): void {
    this[name] = value;
    localStorage.setItem(name, value ? 'yes' : 'no');
  }
}
export const prefs = new Prefs();
