import { type LoaderFunctionArgs, Outlet, redirect, ScrollRestoration } from 'react-router'
import type { RootData } from '../lib/app-context.tsx'
import { loadingIn } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { sessionQuery } from '../queries/session.ts'

/** Pages that a person without a handle may see: where they choose one, and the way out. */
const WITHOUT_HANDLE = [paths.welcome(), paths.signOut(), paths.about(), paths.terms(), paths.privacy()]

/** Who reads. A person whose handle was taken goes to choose another before anything else. */
export async function rootLoader({ request, context }: LoaderFunctionArgs): Promise<RootData> {
  const { api, queries, signedIn } = loadingIn(context)
  if (!(await signedIn())) return { viewer: null }
  const session = await queries.ensureQueryData(sessionQuery(api))
  if (session.handle_required && !WITHOUT_HANDLE.includes(new URL(request.url).pathname))
    throw redirect(paths.welcome())
  return { viewer: session.viewer }
}

export function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}
