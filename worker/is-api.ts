/** Returns whether a path is the API's. */
export const isApi = (pathname: string): boolean => /^\/api(\/|$)/.test(pathname)
