/** What has burnt out may still be part of the page. */
export const isDrawn = (element: Element | null): element is Element => (element?.getClientRects().length ?? 0) > 0

/**
 * The first crud, or notification, of the page that reaches below `y`, px from the top of the window. Stretches are asked
 * before what is in them, which would be laid out to answer where it is left out of the page (crud.css).
 */
export function firstBelow<E extends Element>(y: number, articles: readonly E[]): E | undefined {
  const reaches = (element: Element) => element.getBoundingClientRect().bottom > y
  return articles.find((each) => reaches(each.closest('.stretch') ?? each) && isDrawn(each) && reaches(each))
}
