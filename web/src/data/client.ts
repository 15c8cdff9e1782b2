import { QueryClient } from '@tanstack/svelte-query';
import { Problem } from './api';

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      gcTime: 120_000,
      refetchOnWindowFocus: false,
      structuralSharing: true,
      retry: (count, error) =>
        error instanceof Problem && (error.status === 0 || error.status >= 500) && count < 3,
    },
  },
});
