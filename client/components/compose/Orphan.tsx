import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../lib/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/PageHead.tsx'
import { ComposeForm } from './ComposeForm.tsx'

/** The words that were meant for a crud which has ended meanwhile: they can be said on their own. */
export function Orphan({ viewer, message }: { viewer: User; message: string }) {
  return (
    <>
      <PageHead title="Burnt out" />
      <PageTitle back={paths.home()}>It burnt out while you wrote</PageTitle>
      <p className="note">Your words are still here. Crud this on its own?</p>
      <ComposeForm viewer={viewer} action={paths.home()} draft={{ message }} />
    </>
  )
}
