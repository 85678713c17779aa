import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  return read(loaderContextOf(context).api.contact.$get())
}

/** The about page, with the contact. */
export function Component() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <Shell viewer={useViewer()}>
      <PageHead sharing={{ path: paths.about() }} />
      <article className="prose">
        <h1>About</h1>
        <p>
          Cruddur is a place to say things for a while. You pick how long each one lasts, from an hour to thirty days.
          The line above each crud is its fuse; when it has burnt down, the crud is gone: from every page, every count
          and every copy we keep.
        </p>
        <p>
          Fuses can be compared: the longer the line, the more time is left. The whole width is thirty days. The scale
          isn’t even: short times get more room, so that an hour can be told from two. The middle of the line is about
          eleven hours. In its last ten minutes a fuse glows.
        </p>
        <p>
          Everything attached to a crud goes with it. A reply ends with the crud it replies to, at the latest. Nobody
          can bring a crud back, and nobody can make it last longer, not even us.
        </p>
        <p>
          You can put out your own cruds early. You can’t edit them: what people liked stays as they liked it, until it
          burns out.
        </p>
        <p>
          There are <a href={paths.rules()}>rules of the house</a>, and people who look at what is reported.{' '}
          <a href={safetyPaths.transparency()}>Transparency</a> shows how often, and what they decide.
        </p>
        <p>
          The pages work without JavaScript. A tab left open without it while the computer sleeps may show a crud a
          little too long, until you reload it.
        </p>
        <h2>Contact</h2>
        <p>
          Write to <a href={`mailto:${email}`}>{email}</a>, in English: for questions, complaints, and orders by
          authorities. To report a crud or a person, use <a href={safetyPaths.report()}>Report</a>; it is faster.
        </p>
      </article>
    </Shell>
  )
}
