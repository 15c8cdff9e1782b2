// The forms in which rows are taken away.
export const formats = ['xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];
