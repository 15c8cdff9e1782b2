// A web form's fields as they are kept: `{"email": "required", "need.it": "Che cosa cerchi?"}`.
import { field } from '../../meta/meta.svelte';

/** What a form may ask for, in the usual order; the server judges. */
export const askable = [
  'salutation',
  'first_name',
  'last_name',
  'job_title',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'street',
  'postal_code',
  'city',
  'province',
  'country',
  'sector',
  'need',
  'description',
];
export type Asks = Record<string, string>;
export interface Post {
  id: number;
  form_id: number;
  state: 'doubtful' | 'waiting';
  why: 'bait' | 'too_fast' | null;
  answers: Record<string, string>;
  consent: boolean;
  created_at: string;
}
export const label = (name: string): string => field('lead', name)?.label ?? name;

const escaped = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Plain HTML for one's own site; what it sends is looked at once on our page, then goes. */
export function snippet(address: string, asks: Asks, words: { send: string; lang: string }): string {
  const lines = Object.keys(asks)
    .filter((name) => !name.includes('.'))
    .map((name) => {
      const text = escaped(asks[`${name}.${words.lang}`] || label(name));
      const required = asks[name] === 'required' ? ' required' : '';
      const input =
        name === 'description'
          ? `<textarea name="${name}" rows="5"${required}></textarea>`
          : `<input name="${name}"${name === 'email' ? ' type="email"' : ''}${required}>`;
      return `  <p><label>${text}<br>${input}</label></p>`;
    });
  return [
    `<form method="post" action="${address}" accept-charset="utf-8">`,
    ...lines,
    `  <p><button>${escaped(words.send)}</button></p>`,
    '</form>',
  ].join('\n');
}
