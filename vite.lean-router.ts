import type { Plugin } from 'vite'

/** Runs only for who asks the router to report each step; it would be loaded by all. */
const INSTRUMENTATION = /if \((?:init|opts\?)\.instrumentations\)/g
const RECEIVER = /(?<== )consumeInstrumentationClientResultMetaReceiver\(router\)/g

/**
 * Leaves out of the browser's bundle what this site does not use of React Router: components of its own that are made as
 * the module loads, which a bundler must keep unless told that making them does nothing, and its instrumentation.
 */
export const leanRouter: Plugin = {
  name: 'lean-router',
  transform: {
    filter: { id: /\/node_modules\/react-router\/dist\// },
    handler: (code) =>
      code
        .replace(/(?<=^const \w+ = )(?=React\$1\.(?:forwardRef|createContext|memo)\()/gm, '/* @__PURE__ */ ')
        .replace(/^\w+\.displayName = ".*";$/gm, '')
        .replace(INSTRUMENTATION, 'if (false)')
        .replace(RECEIVER, 'undefined'),
  },
}
