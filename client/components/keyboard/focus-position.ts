/** Where the focus was among the articles of a page, so that it can be restored. */
export type FocusPosition = {
  /** Ids of all articles, in order. */
  ids: readonly string[]
  /** Index of the focused one. */
  index: number
  /** `href` of the focused link; null for the article itself and its buttons. */
  href: string | null
}

/** Returns the activities or notifications of the page, including expired ones that are not removed yet. */
export const articles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('main article')]

/** Whether an article is visible, so not expired. Call it for few: it forces layout of skipped windows (activity.css). */
export const isShown = (article: HTMLElement): boolean => article.checkVisibility({ visibilityProperty: true })

/** Returns the article that has the focus or contains the focused element. */
export const focusedArticle = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('main article') ?? null

/** Whether nothing is focused, for example since the focused element was removed. */
export const isFocusLost = (): boolean => (document.activeElement ?? document.body) === document.body

/** Returns where the focus is; null outside the articles. */
export function focusPosition(): FocusPosition | null {
  const article = focusedArticle()
  if (!article) return null
  const ids = articles().map(({ id }) => id)
  return { ids, index: ids.indexOf(article.id), href: document.activeElement?.getAttribute('href') ?? null }
}

/** Restores the focus. If the article has expired, focuses the next visible one, or else the previous. */
export function restoreFocus({ ids, index, href }: FocusPosition): void {
  const present = new Map(articles().map((article) => [article.id, article]))
  const candidates = [...ids.slice(index), ...ids.slice(0, index).reverse()]
  const nearest = candidates.flatMap((id) => present.get(id) ?? []).find(isShown)
  const link =
    nearest?.id === ids[index] && href ? nearest?.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`) : null
  ;(link ?? nearest)?.focus({ preventScroll: true })
}
