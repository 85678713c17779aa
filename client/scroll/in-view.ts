/** Whether an element has a box. An expired article stays in the DOM for a moment without one. */
export const isDrawn = (element: Element | null): element is Element => (element?.getClientRects().length ?? 0) > 0

/**
 * Returns the first article that reaches below `y`, in px from the top of the window. Measures the article's window first:
 * measuring an article in a skipped window would force its layout (activity.css).
 */
export function firstBelow<E extends Element>(y: number, articles: readonly E[]): E | undefined {
  const reaches = (element: Element) => element.getBoundingClientRect().bottom > y
  return articles.find((each) => reaches(each.closest('.window') ?? each) && isDrawn(each) && reaches(each))
}
