import { REOPEN_MS } from './restore-scroll.ts'

/**
 * Returns an inline script that restores the scroll position before the first paint; restore-scroll.ts takes over after
 * hydration. If the anchor is not in the document, or has expired, hides the page until then (layout.css). `data-restoring` also
 * renders all windows of the list, so that heights are real and not estimates (activity.css); the app removes it. The script is a
 * string, since a bundler would add helpers to a function.
 */
export const restoreBeforePaint = (userUuid: string): string =>
  `try{const path=location.pathname+location.search,
[{type}]=performance.getEntriesByType('navigation'),
position=type==='navigate'
?!location.hash&&JSON.parse(localStorage.getItem('scroll-position ${userUuid} '+path))
:JSON.parse(sessionStorage.getItem('scroll-positions')||'{}')[(history.state?.key||'default')+' '+path+location.hash];
if(position&&!(Date.now()-position.savedAt>${REOPEN_MS})){const root=document.documentElement.dataset;history.scrollRestoration='manual';root.restoring='';
if(position.anchor){const distance=()=>(document.getElementById(position.anchor[0])?.getBoundingClientRect().top??NaN)-position.anchor[1];
scrollBy(0,distance()||0);if(!(Math.abs(distance())<2))root.restoring='hidden'}
else scrollTo(0,position.y)}}catch{}`.replaceAll('\n', '')
