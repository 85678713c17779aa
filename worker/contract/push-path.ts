/** Path of the viewer's push subscriptions: GET, PUT and DELETE. */
export const PUSH_PATH = '/api/push-subscriptions'
