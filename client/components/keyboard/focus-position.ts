/** Where the focus was among the cruds of a page, so that it can be put there again. */
export type FocusPosition = {
  /** Ids of all that stood in the list, in order, and which of them had the focus. */
  ids: readonly string[]
  at: number
  /** Where the link led that had the focus; null for the crud itself and its buttons. */
  href: string | null
}

/** Cruds, and notifications, of the page, also what has burnt out and waits to be removed. */
export const articles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('main article')]

/** Whether it has not burnt out. Asked of few: what is left out of the page (crud.css) is styled to answer. */
export const isShown = (article: HTMLElement): boolean => article.checkVisibility({ visibilityProperty: true })

/** The crud that has the focus, or that holds what has it. */
export const focusedArticle = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('main article') ?? null

/** Nothing has the focus: it never had, or what had it has left the page. */
export const isFocusLost = (): boolean => (document.activeElement ?? document.body) === document.body

/** Where the focus is; null outside the cruds. */
export function focusPosition(): FocusPosition | null {
  const article = focusedArticle()
  if (!article) return null
  const ids = articles().map(({ id }) => id)
  return { ids, at: ids.indexOf(article.id), href: document.activeElement?.getAttribute('href') ?? null }
}

/** Puts the focus where it was, or, if that has burnt out, on the nearest crud that has not: the next, else the one before. */
export function restoreFocus({ ids, at, href }: FocusPosition): void {
  const left = new Map(articles().map((article) => [article.id, article]))
  const nearest = [...ids.slice(at), ...ids.slice(0, at).reverse()].flatMap((id) => left.get(id) ?? []).find(isShown)
  const link =
    nearest?.id === ids[at] && href ? nearest?.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`) : null
  ;(link ?? nearest)?.focus({ preventScroll: true })
}
