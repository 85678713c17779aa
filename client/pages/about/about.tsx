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
          Cruddur is a place to say things for a while. Whoever writes picks how long it lasts, from an hour to thirty
          days. The line above each crud is its fuse; when it has burnt down, the crud is gone: from every page, every
          count and every copy that we keep.
        </p>
        <p>
          Fuses can be compared: the longer the line, the more time is left. The whole width is thirty days, half of it
          is eleven hours, and in its last ten minutes a fuse glows.
        </p>
        <p>
          What hangs on a crud goes with it. A reply ends with what it answers, at the latest. Nobody can bring a crud
          back, and nobody can make it last longer, not even us.
        </p>
        <p>
          You can put out your own cruds early. You cannot edit them: what people liked stays what they liked, until it
          burns.
        </p>
        <p>
          The pages work without JavaScript. A tab left open without it while the computer sleeps may show a crud a
          little too long, until it is loaded again.
        </p>
      </article>
    </Shell>
  )
}
