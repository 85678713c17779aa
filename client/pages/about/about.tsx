import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { paths } from '../../routing/paths.ts'

/** The about page. */
export function Component() {
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
          The pages work without JavaScript. A tab left open without it while the computer sleeps may show a crud a
          little too long, until you reload it.
        </p>
      </article>
    </Shell>
  )
}
