declare module 'sortablejs/modular/sortable.core.esm.js' {
  const Sortable: unknown;
  export default Sortable;
}
