import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

/** Link to the viewer's conversation with a user, or to a new one. */
export function MessageLink({ handle }: { handle: string }) {
  return (
    <ButtonLink look="quiet" small href={paths.newMessage(handle)}>
      Message
    </ButtonLink>
  )
}
