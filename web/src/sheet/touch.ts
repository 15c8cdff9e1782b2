// Mouse and fingers on the cells: a mouse selects by pressing and drawing, opens by two clicks; a finger selects
// by a tap, opens by a second one on the same cell, and scrolls by everything else.
import type { Grid } from './grid';
import type { Hand } from './hand';
import type { Act, Deeds, Spot } from './types';

export function touches(grid: Grid, hand: Hand, deeds: Deeds): () => void {
  const node = grid.getContainerNode() as HTMLElement;
  let drawing = false;
  let before: Spot | null = null;

  const spot = (e: Event): Spot | null => {
    const cell = grid.getCellFromEvent(e);
    return cell && { row: cell.row!, col: cell.cell! };
  };
  const onButton = (e: Event) => (e.target as Element).closest<HTMLElement>('[data-act], a, input, button');

  function down(e: PointerEvent) {
    const at = spot(e);
    before = hand.at;
    if (!at || e.pointerType === 'touch' || e.button || onButton(e)) return;
    e.preventDefault();
    hand.store();
    hand.focus();
    hand.go(at, e.shiftKey);
    drawing = true;
  }
  function over(e: PointerEvent) {
    if (!drawing) return;
    if (!(e.buttons & 1)) return void (drawing = false);
    const at = spot(e);
    if (at && (at.row !== hand.at.row || at.col !== hand.at.col)) hand.go(at, true);
  }
  function click(e: MouseEvent) {
    drawing = false;
    const at = spot(e);
    const button = (e.target as Element).closest<HTMLElement>('[data-act]');
    if (!at) return;
    if (button) {
      hand.store();
      hand.go(at);
      if (!matchMedia('(pointer: coarse)').matches) hand.focus();
      return deeds.act(button.dataset['act'] as Act, at.row, button.getBoundingClientRect());
    }
    if ((e as PointerEvent).pointerType !== 'touch' || onButton(e)) return;
    hand.store();
    if (before && before.row === at.row && before.col === at.col && document.activeElement !== document.body)
      return hand.open();
    hand.go(at);
    hand.focus();
  }
  function twice(e: MouseEvent) {
    const at = spot(e);
    if (!at || onButton(e)) return;
    hand.go(at);
    hand.open();
  }
  function menu(e: MouseEvent) {
    const at = spot(e);
    if (!at || hand.editing) return;
    e.preventDefault();
    hand.go(at);
    deeds.act('menu', at.row, new DOMRect(e.clientX, e.clientY, 1, 1));
  }
  const listeners: [keyof HTMLElementEventMap, EventListener][] = [
    ['pointerdown', down as EventListener],
    ['pointermove', over as EventListener],
    ['click', click as EventListener],
    ['dblclick', twice as EventListener],
    ['contextmenu', menu as EventListener],
  ];
  for (const [name, f] of listeners) node.addEventListener(name, f);
  return () => listeners.forEach(([name, f]) => node.removeEventListener(name, f));
}
