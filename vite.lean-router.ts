import type { Plugin } from 'vite'

/** What React Router is told at build time, in place of finding it out in each browser. */
const KNOWN: [text: RegExp, is: string][] = [
  // Components that are made as a module loads: a bundler must keep them unless told that making them does nothing.
  [/(?<=^const \w+ = )(?=React\$1\.(?:forwardRef|createContext|memo)\()/gm, '/* @__PURE__ */ '],
  [/^\w+\.displayName = ".*";$/gm, ''],
  // Nobody asks the router to report each step,
  [/(?<=if \()(?:init|opts\?)\.instrumentations(?=\))/g, 'false'],
  [/(?<== )consumeInstrumentationClientResultMetaReceiver\(router\)/g, 'undefined'],
  // all routes are there from the start,
  [/(?<=if \(!?|&& !)init\.patchRoutesOnNavigation(?=\))/g, 'false'],
  [/\bfogOfWar\.active(?! =)/g, 'false'],
  // and no link or form asks for a view transition.
  [/!viewTransitionOpts \|\| !isViewTransitionAvailable/g, 'true'],
  [/vtContext\.isTransitioning && !vtContext\.flushSync/g, 'false'],
  [/renderDfd && pendingState && (?:router\.window|state\.location\.key === pendingState\.location\.key)/g, 'false'],
  [/!vtContext\.isTransitioning && interruption/g, 'false'],
  // Nothing is rendered by the framework of its name.
  [/React\$1\.useContext\(FrameworkContext\)/g, 'undefined'],
  [/!remixContext \|\| remixContext\.isSpaMode/g, 'true'],
  [/(?<=opts\?\.hydrationData) \|\| parseHydrationData\(\)/g, ''],
  // Nobody holds up whoever leaves a page.
  [/(?<=if \()blockerKey(?: && delta != null)?(?=\))/g, 'false'],
  // What it says to whoever uses it wrongly; that it fails, and where, stays.
  [/(?<=invariant\([^;\n]*?), (?:"[^"\n]*"|`[^`\n]*`)(?=\);)/g, ''],
]

/**
 * Leaves out of the browser's bundle what this site does not use of React Router, 7 KB of it. A text that another version
 * words otherwise stays as it is: then the site works all the same and weighs more, which its budget tells.
 */
export const leanRouter: Plugin = {
  name: 'lean-router',
  transform: {
    filter: { id: /\/node_modules\/react-router\/dist\// },
    handler: (code) => KNOWN.reduce((text, [pattern, is]) => text.replace(pattern, is), code),
  },
}
