/** Icon of the button that adds pictures. Not among the others (icon-paths.ts), since no page needs it at first. */
export const ImageIcon = () => (
  <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M4.6 3.8h10.8A1.6 1.6 0 0 1 17 5.4v9.2a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 14.6V5.4a1.6 1.6 0 0 1 1.6-1.6ZM3.4 14 8 9.6l3.2 3.2 1.9-1.8 3.6 3.4M13 7.4h.01" />
  </svg>
)
