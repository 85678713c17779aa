import { useSuspenseQuery } from '@tanstack/react-query'
import { Form, type LoaderFunctionArgs, useLoaderData, useParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { ActivityCard } from '../../components/activity/card/ActivityCard.tsx'
import { TickingList } from '../../components/activity/feed/TickingList.tsx'
import { type MenuItem, menuItems } from '../../components/activity/menu/menu-items.ts'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { activityQuery } from '../../queries/activities/activities.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { paths } from '../../routing/paths.ts'
import { referringPage } from '../../routing/referring-page.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  await queries.ensureQueryData(activityQuery(api, params.uuid ?? ''))
  return { back: await referringPage({ request, context }) }
}

/** The menu of an activity as a page, for browsers without script: each item is a link or a form. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const { data: activity } = useSuspenseQuery(activityQuery(useApi(), uuid))
  const back = useLoaderData<typeof loader>().back ?? paths.activity(activity)
  if (!viewer) return null
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={back}>More about this crud</PageTitle>
      <TickingList className="feed">
        <ActivityCard activity={activity} viewer={viewer} />
      </TickingList>
      <Items items={menuItems(activity, viewer)} back={back} />
    </Shell>
  )
}

/** `back`: the page that led here, and that forms return to. */
function Items({ items, back }: { items: readonly MenuItem[]; back: string }) {
  return (
    <ul className="menu-page">
      {items.map((item) => (
        <li key={item.label}>
          <Item item={item} back={back} />
        </li>
      ))}
    </ul>
  )
}

function Item({ item, back }: { item: MenuItem; back: string }) {
  const className = item.danger && 'danger'
  const content = (
    <>
      {item.pageLabel ?? item.label} {item.hint && <small>{item.hint}</small>}
    </>
  )
  if ('items' in item) {
    return (
      <section aria-label={item.label}>
        <h2 className="menu-page-title">{item.label}</h2>
        <Items items={item.items} back={back} />
      </section>
    )
  }
  if ('to' in item) {
    return (
      <a className={className} href={item.to}>
        {content}
      </a>
    )
  }
  return (
    <Form method="post" action={item.form.action}>
      <input type="hidden" name="next" value={back} />
      <button className={className} type="submit" name={item.form.name} value={item.form.value}>
        {content}
      </button>
    </Form>
  )
}
