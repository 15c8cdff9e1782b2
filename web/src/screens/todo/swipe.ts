// A row under the thumb: to the right is done, to the left is later.
import type { Attachment } from 'svelte/attachments';

const far = 88;

export function swipe(right: () => void, left: () => void): Attachment<HTMLElement> {
  return (node) => {
    let from: number | null = null;
    const move = (x: number) => {
      node.style.transform = x ? `translateX(${x}px)` : '';
    };
    const down = (e: PointerEvent) => {
      if (e.pointerType === 'touch') from = e.clientX;
    };
    const drag = (e: PointerEvent) => {
      if (from !== null) move(Math.max(-120, Math.min(120, e.clientX - from)));
    };
    const up = (e: PointerEvent) => {
      if (from === null) return;
      const way = e.clientX - from;
      from = null;
      move(0);
      if (e.type === 'pointerup' && way > far) right();
      if (e.type === 'pointerup' && way < -far) left();
    };
    node.addEventListener('pointerdown', down);
    node.addEventListener('pointermove', drag);
    node.addEventListener('pointerup', up);
    node.addEventListener('pointercancel', up);
    return () => {
      node.removeEventListener('pointerdown', down);
      node.removeEventListener('pointermove', drag);
      node.removeEventListener('pointerup', up);
      node.removeEventListener('pointercancel', up);
    };
  };
}
