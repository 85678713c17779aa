import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

/** Leads to one's conversation with a person, or to beginning one. For whoever is signed in, beside the follow button. */
export function MessageLink({ handle }: { handle: string }) {
  return (
    <ButtonLink look="quiet" small to={paths.newMessage(handle)}>
      Message
    </ButtonLink>
  )
}
