/**
 * The script that puts the window where its reader was, before the page is first drawn: the rest of the way is lib/view.ts,
 * once the app is there. What is not part of the document yet, or has burnt out, stays unseen until then (layout.css).
 * `data-returning` lays out all rows, whose heights are guessed otherwise; the app takes it away.
 * It stands in each document as it is written here: a text, since a bundler would add to a function what the page lacks.
 */
export const restoreScrollInline = (person: string): string =>
  `try{const path=location.pathname+location.search,
[{type}]=performance.getEntriesByType('navigation'),
view=type==='navigate'
?!location.hash&&JSON.parse(localStorage.getItem('view ${person} '+path))
:JSON.parse(sessionStorage.getItem('views')||'{}')[(history.state?.key||'default')+' '+path+location.hash];
if(view){const root=document.documentElement.dataset;history.scrollRestoration='manual';root.returning='';
if(view.at){const far=()=>(document.getElementById(view.at[0])?.getBoundingClientRect().top??NaN)-view.at[1];
scrollBy(0,far()||0);if(!(Math.abs(far())<2))root.returning='unseen'}
else scrollTo(0,view.y)}}catch{}`.replaceAll('\n', '')
