/** Elements of a card that a click is for, instead of opening the card. */
const OWN_CLICK = 'a, button, input, textarea, select, label, summary, .alt, img, video, [role="menu"]'

/** Returns the link of a card to its activity's page; null on that page, and while the activity is being sent. */
const cardLink = (card: Element): HTMLAnchorElement | null => card.querySelector('a.time-left')

/** Returns the link of the card that an event is for, unless an element within the card takes the event itself. */
function linkOfCardAt({ target }: Event): HTMLAnchorElement | null {
  if (!(target instanceof Element) || target.closest(OWN_CLICK)) return null
  const card = target.closest('article.activity')
  return card && cardLink(card)
}

/** Whether the pointer has just selected text of a card. */
function isSelecting(card: Element | null): boolean {
  const selection = getSelection()
  return card !== null && selection !== null && !selection.isCollapsed && selection.containsNode(card, true)
}

/** Follows a link as a click on it would: in this tab, or with a modifier key or the middle button in a new one. */
function follow(link: HTMLAnchorElement, event: MouseEvent | KeyboardEvent): void {
  event.preventDefault()
  const isMiddle = event instanceof MouseEvent && event.button === 1
  if (isMiddle || event.metaKey || event.ctrlKey || event.shiftKey) window.open(link.href, '_blank', 'noopener')
  else link.click()
}

/**
 * Makes a whole card open its activity: by click, tap, middle click, and Enter on the focused card. Until then, and without
 * script, the card's link covers it (activity.css), which text cannot be selected through.
 */
export function openCards(signal: AbortSignal): void {
  /** The press began with selected text in its card: it only removes the selection. */
  let isDeselecting = false
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.altKey || isDeselecting) return
    const link = linkOfCardAt(event)
    if (link && !isSelecting(link.closest('article'))) follow(link, event)
  }
  const onAuxClick = (event: MouseEvent) => {
    const link = event.button === 1 ? linkOfCardAt(event) : null
    if (link) follow(link, event)
  }
  const onMouseDown = (event: MouseEvent) => {
    const link = linkOfCardAt(event)
    isDeselecting = isSelecting(link?.closest('article') ?? null)
    // Otherwise the middle button starts scrolling.
    if (link && event.button === 1) event.preventDefault()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target, defaultPrevented, altKey } = event
    if (key !== 'Enter' || defaultPrevented || altKey || !(target instanceof Element)) return
    const link = target.matches('article.activity') ? cardLink(target) : null
    if (link) follow(link, event)
  }
  document.addEventListener('click', onClick, { signal })
  document.addEventListener('auxclick', onAuxClick, { signal })
  document.addEventListener('mousedown', onMouseDown, { signal })
  document.addEventListener('keydown', onKeyDown, { signal })
  document.documentElement.dataset.cards = 'open'
  signal.addEventListener('abort', () => delete document.documentElement.dataset.cards)
}
