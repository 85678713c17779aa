import { contact as contactBody } from '../contract/contact.ts'
import { newApp } from '../hono-env.ts'
import { describe } from './describe.ts'

/** Route of /api/contact, for the about page. */
export const contact = newApp().get(
  '/',
  describe({ summary: 'How to reach who runs the site', answers: { 200: contactBody }, cacheable: 'other' }),
  (c) => c.json({ email: c.env.settings.contactEmail }, 200),
)
