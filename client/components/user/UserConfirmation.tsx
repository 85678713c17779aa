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
  /** The question, from the user's name. */
  title: (name: string) => string
  /** Path of the page's action. */
  action: (handle: string) => string
  /** The button that does it. */
  button: ReactNode
  /** What follows from it. */
  children: ReactNode
}

/** Page that asks before something is done to the user of the URL. */
export function UserConfirmation({ title, action, button, children }: UserConfirmationProps) {
  const handle = handleParam(useParams().at_handle)
  const { data: user } = useSuspenseQuery(profileQuery(useApi(), handle))
  const question = title(`@${user.handle}`)
  const profile = paths.profile(user.handle)
  return (
    <Shell viewer={useViewer()}>
      <PageHead title={question} />
      <PageTitle back={profile}>{question}</PageTitle>
      <Form className="confirmation" method="post" action={action(user.handle)}>
        <ul className="user-list">
          <UserRow user={user} />
        </ul>
        {children}
        <div className="buttons">
          {button}
          <ButtonLink look="quiet" href={profile}>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </Shell>
  )
}
