// Calls back when the end of a list comes into sight.
import type { Attachment } from 'svelte/attachments';

export function seen(more: () => void): Attachment<Element> {
  return (node) => {
    const watch = new IntersectionObserver((e) => e.some((x) => x.isIntersecting) && more(), {
      rootMargin: '600px',
    });
    watch.observe(node);
    return () => watch.disconnect();
  };
}
