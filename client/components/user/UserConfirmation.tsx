import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form, useParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { profileQuery } from '../../queries/users/users.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { Shell } from '../layout/Shell.tsx'
import { UserRow } from './UserRow.tsx'

type UserConfirmationProps = {
  /** Returns the question, given the user's @handle. */
  title: (name: string) => string
  /** Returns the path that the form posts to. */
  action: (handle: string) => string
  /** The button that confirms. */
  button: ReactNode
  /** What happens then. */
  children: ReactNode
}

/** Page that asks for confirmation before an action on the user in the URL. */
export function UserConfirmation({ title, action, button, children }: UserConfirmationProps) {
  const handle = handleParam(useParams().at_handle)
  const { data: user } = useSuspenseQuery(profileQuery(useApi(), handle))
  const question = title(`@${user.handle}`)
  const profilePath = paths.profile(user.handle)
  return (
    <Shell viewer={useViewer()}>
      <PageHead title={question} />
      <PageTitle back={profilePath}>{question}</PageTitle>
      <Form className="confirmation" method="post" action={action(user.handle)}>
        <ul className="user-list">
          <UserRow user={user} />
        </ul>
        {children}
        <div className="buttons">
          {button}
          <ButtonLink look="quiet" href={profilePath}>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </Shell>
  )
}
