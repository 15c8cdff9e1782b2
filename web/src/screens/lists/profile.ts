// How a row stands to the firm's customer profile, as a column of the sheet (S5.5 to S5.8).
import { field } from '../../meta/meta.svelte';
import type { ListColumn, Row } from './types';

const told = () => field('lead', 'qualification');

export const profileColumn = (): ListColumn => ({
  key: '@profile',
  label: told()?.label ?? '',
  type: 'text',
  own: false,
});
export const profileText = (row: Row): string =>
  told()?.choices?.find((c) => c.value === row.qualification)?.label ?? '';

export const profileTone = (row: Row): string =>
  row.qualification === 'met' ? 'ok' : row.qualification === 'not_met' ? 'bad' : '';
