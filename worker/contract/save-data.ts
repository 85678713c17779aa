/** Returns whether the browser asks for little data: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Save-Data. */
export const asksToSaveData = ({ headers }: Request): boolean => headers.get('save-data') === 'on'
