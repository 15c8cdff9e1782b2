// Chart.js, loaded when the first chart is drawn; colours come from the tokens and follow the theme.
import type { Attachment } from 'svelte/attachments';

export interface Drawing {
  labels: string[];
  series: { name: string; values: number[]; colour: number }[];
  text: (n: number) => string;
  /** Bars that lie, for names that are long. */
  lying: boolean;
  /** A bar was clicked: of which label, of which series. */
  follow: (label: number, series: number) => void;
}
const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function draw({ labels, series, text, lying, follow }: Drawing): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    let drop: (() => void) | null = null;
    let gone = false;
    const paint = async () => {
      const { BarChart } = await import('./bar');
      if (gone) return;
      drop?.();
      const axis = {
        grid: { color: token('line') },
        border: { display: false },
        ticks: { color: token('fg-3'), font: { family: 'Inter', size: 11 } },
      };
      const names = { ...axis, grid: { display: false } };
      const values = {
        ...axis,
        beginAtZero: true,
        ticks: {
          ...axis.ticks,
          maxTicksLimit: lying ? 5 : 6,
          callback: (v: number | string) => text(Number(v)),
        },
      };
      const chart = new BarChart(canvas, {
        type: 'bar',
        data: {
          labels,
          datasets: series.map((s) => ({
            label: s.name,
            data: s.values,
            backgroundColor: token(`chart-${s.colour}`),
            borderRadius: 3,
            maxBarThickness: 40,
          })),
        },
        options: {
          animation: false,
          maintainAspectRatio: false,
          onClick: (_, hit) => hit[0] && follow(hit[0].index, hit[0].datasetIndex),
          onHover: (_, hit) => (canvas.style.cursor = hit.length ? 'pointer' : ''),
          indexAxis: lying ? 'y' : 'x',
          scales: lying ? { y: names, x: values } : { x: names, y: values },
          plugins: {
            legend: {
              display: series.length > 1,
              position: 'bottom',
              labels: {
                color: token('fg-2'),
                boxWidth: 8,
                boxHeight: 8,
                font: { family: 'Inter', size: 12 },
              },
            },
            tooltip: {
              callbacks: {
                label: (c) => `${c.dataset.label ?? ''}: ${text((lying ? c.parsed.x : c.parsed.y) ?? 0)}`,
              },
            },
          },
        },
      });
      drop = () => chart.destroy();
    };
    const watch = new MutationObserver(() => void paint());
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    void paint();
    return () => {
      gone = true;
      watch.disconnect();
      drop?.();
    };
  };
}
