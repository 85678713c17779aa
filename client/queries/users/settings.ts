import type { BannerColor } from '../../../worker/contract/banner-colors.ts'
import type { Preferences } from '../../../worker/contract/preferences.ts'
import { field } from '../../forms/field.ts'
import { read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { runInOrder } from '../cache/run-mutation.ts'
import { updateOwnUser } from './own-account.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

type ProfileChange = Partial<Preferences> & { display_name?: string; bio?: string; banner_color?: BannerColor }

/** Changes some of the viewer's profile and preferences. */
export async function updateProfile({ api, queries }: Tools, json: ProfileChange): Promise<void> {
  updateOwnUser(queries, await runInOrder(queries, 'profile', () => read(api.profile.$patch({ json }))))
}

/** Returns the name and bio that a form changes. Unchanged fields are not sent, so they do not undo a change from elsewhere. */
export function profileChangeIn(form: FormData): ProfileChange {
  // Forms send CRLF, the page has LF.
  const text = (name: string) => field(form, name).replace(/\r\n?/g, '\n')
  const hasChanged = (name: string) => text(name) !== text(`${name}_before`)
  return {
    ...(hasChanged('display_name') && { display_name: text('display_name') }),
    ...(hasChanged('bio') && { bio: text('bio') }),
  }
}

/** Sets a new password. Every other session ends. */
export async function changePassword({ api, queries }: Tools, form: FormData): Promise<void> {
  await read(api.session.password.$put({ json: { current: field(form, 'current'), new: field(form, 'new') } }))
  await queries.invalidateQueries({ queryKey: ['devices'] })
}

/** Ends one of the viewer's sessions. */
export async function endDevice({ api, queries }: Tools, uuid: string): Promise<void> {
  await read(api.session.devices[':uuid'].$delete({ param: { uuid } }))
  await queries.invalidateQueries({ queryKey: ['devices'] })
}

/** Ends all of the viewer's sessions but this one. */
export async function endOtherSessions({ api, queries }: Tools): Promise<void> {
  await read(api.session.others.$delete())
  await queries.invalidateQueries({ queryKey: ['devices'] })
}
