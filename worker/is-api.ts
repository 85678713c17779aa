/** Whether an address is the API's; what is neither that, a picture nor an asset is a page. */
export const isApi = (pathname: string): boolean => /^\/api(\/|$)/.test(pathname)
