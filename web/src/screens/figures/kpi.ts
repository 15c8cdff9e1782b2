// The answer of /kpi, and how it becomes charts.
import { locale, t } from '../../app/words.svelte';

export interface Ranked {
  id: number | null;
  name: string | null;
  generated: number;
  converted: number;
  rate: number | null;
  won_amount: number | null;
}
export interface Kpi {
  currency: string;
  leads: {
    generated: number;
    converted_cohort: number;
    rate_cohort: number | null;
    rate_flow: number | null;
    customers: number;
    rate_customers: number | null;
  };
  opportunities: {
    open_amount: number;
    weighted_amount: number;
    won: number;
    won_amount: number;
    lost: number;
  };
  by_source: Ranked[];
  by_owner: Ranked[];
  by_month: {
    month: string;
    generated: number;
    converted: number;
    won: number;
    lost: number;
    won_amount: number;
  }[];
  by_status: { id: number; name: string; type: string; count: number }[];
  by_stage: { id: number; name: string; count: number; amount: number }[];
  contributors: {
    user_id: number;
    name: string;
    created: number;
    worked: number;
    converted: number;
    won: number;
  }[];
  definitions?: Record<string, string>;
}
export interface Series {
  labels: string[];
  series: { name: string; values: number[]; colour: number }[];
}
function monthName(month: string): string {
  return new Intl.DateTimeFormat(locale(), { month: 'short' }).format(new Date(`${month}-15T12:00:00`));
}
export function byMonth(k: Kpi, amount = false): Series {
  const labels = k.by_month.map((m) => monthName(m.month));
  if (amount)
    return {
      labels,
      series: [{ name: t('figures.wonShort'), values: k.by_month.map((m) => m.won_amount), colour: 2 }],
    };
  return {
    labels,
    series: [
      { name: t('figures.generatedShort'), values: k.by_month.map((m) => m.generated), colour: 1 },
      { name: t('figures.convertedShort'), values: k.by_month.map((m) => m.converted), colour: 2 },
      { name: t('finish.won'), values: k.by_month.map((m) => m.won), colour: 3 },
    ],
  };
}
export const byStatus = (k: Kpi): Series => ({
  labels: k.by_status.map((s) => s.name),
  series: [{ name: t('nav.leads'), values: k.by_status.map((s) => s.count), colour: 1 }],
});
export const byStage = (k: Kpi): Series => ({
  labels: k.by_stage.map((s) => s.name),
  series: [{ name: t('figures.amount'), values: k.by_stage.map((s) => s.amount), colour: 1 }],
});
