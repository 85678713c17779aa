/** How a list goes on. */
export type Pagination = {
  /** Where the next page begins; null at the end of the list. */
  cursor: string | null
  /** Reads the next page into the list. */
  load: () => void
  loading: boolean
  /** The last try to read on has failed. */
  failed: boolean
}
