/** The next page of a list. */
export type Pagination = {
  /** Cursor of the next page; null at the end of the list. */
  cursor: string | null
  /** Reads the next page into the list. */
  load: () => void
  loading: boolean
  /** The last attempt to load the next page failed. */
  failed: boolean
}
