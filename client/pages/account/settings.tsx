import { useSuspenseQuery } from '@tanstack/react-query'
import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLocation,
  useNavigation,
  useSearchParams,
} from 'react-router'
import type { Audience } from '../../../worker/contract/audience.ts'
import type { BannerColor } from '../../../worker/contract/banner-colors.ts'
import type { Theme } from '../../../worker/contract/theme.ts'
import type { Ttl } from '../../../worker/contract/ttl.ts'
import { useApi, useViewer } from '../../app-context.tsx'
import { AvatarForm } from '../../components/avatar/AvatarForm.tsx'
import { openShortcutSheet } from '../../components/keyboard/open-shortcut-sheet.ts'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { KeepDrafts } from '../../components/session/KeepDrafts.tsx'
import { AltRequiredForm } from '../../components/settings/AltRequiredForm.tsx'
import { ApproveFollowersForm } from '../../components/settings/ApproveFollowersForm.tsx'
import { BannerForm } from '../../components/settings/BannerForm.tsx'
import { BlockedUsers } from '../../components/settings/BlockedUsers.tsx'
import { Contents } from '../../components/settings/Contents.tsx'
import { DefaultAudienceForm } from '../../components/settings/DefaultAudienceForm.tsx'
import { DefaultTtlForm } from '../../components/settings/DefaultTtlForm.tsx'
import { Devices } from '../../components/settings/Devices.tsx'
import { MutedUsers } from '../../components/settings/MutedUsers.tsx'
import { OpenWarningsForm } from '../../components/settings/OpenWarningsForm.tsx'
import { PasswordForm } from '../../components/settings/PasswordForm.tsx'
import { ProfileForm } from '../../components/settings/ProfileForm.tsx'
import { Section } from '../../components/settings/Section.tsx'
import type { FormState } from '../../components/settings/SettingsForm.tsx'
import { ThemeForm } from '../../components/settings/ThemeForm.tsx'
import { deleteDraft, draftPathOf } from '../../forms/drafts/drafts.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { useHasScript } from '../../has-script.tsx'
import { lazyComponent } from '../../lazy-component.tsx'
import { read } from '../../net/api.ts'
import { markStale } from '../../queries/cache/cached-activities.ts'
import {
  blockedUsersQuery,
  devicesQuery,
  mutedUsersQuery,
  ownProfileQuery,
  pushKeyQuery,
} from '../../queries/users/own-account.ts'
import { unblock, unmute } from '../../queries/users/relations.ts'
import {
  changePassword,
  endDevice,
  endOtherSessions,
  profileChangeIn,
  updateProfile,
} from '../../queries/users/settings.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths, type SettingsSection } from '../../routing/paths.ts'
import { redirectSignedOut } from '../../routing/redirect-signed-out.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { applyTheme } from '../../ui/theme.ts'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const { searchParams } = new URL(request.url)
  await Promise.all([
    queries.ensureQueryData(ownProfileQuery(api)),
    queries.ensureQueryData(devicesQuery(api, searchParams.get('devices'))),
    queries.ensureQueryData(mutedUsersQuery(api, searchParams.get('muted'))),
    queries.ensureQueryData(blockedUsersQuery(api, searchParams.get('blocked'))),
    queries.ensureQueryData(pushKeyQuery(api)),
  ])
  return null
}

/** Handles each form of the page by its `intent`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const tools = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    switch (field(form, 'intent')) {
      case 'profile':
        await updateProfile(tools, profileChangeIn(form))
        deleteDraft(draftPathOf(request))
        return redirect(paths.settings({ saved: 'profile' }), 303)
      case 'banner':
        await updateProfile(tools, { banner_color: field(form, 'banner_color') as BannerColor })
        return redirect(paths.settings({ saved: 'banner' }), 303)
      case 'lifetime':
        await updateProfile(tools, { default_ttl: field(form, 'ttl') as Ttl })
        return redirect(paths.settings({ saved: 'lifetime' }), 303)
      case 'audience':
        await updateProfile(tools, { default_audience: field(form, 'audience') as Audience })
        return redirect(paths.settings({ saved: 'audience' }), 303)
      case 'followers':
        await updateProfile(tools, { approves_followers: field(form, 'approves_followers') === 'on' })
        // Turning off approval has accepted all waiting requests.
        markStale(tools.queries, ['users'], ['notifications'])
        await tools.queries.invalidateQueries({ queryKey: ['unread'] })
        return redirect(paths.settings({ saved: 'followers' }), 303)
      case 'alt-text':
        await updateProfile(tools, { alt_required: field(form, 'alt_required') === 'on' })
        return redirect(paths.settings({ saved: 'alt-text' }), 303)
      case 'theme': {
        const theme = field(form, 'theme') as Theme
        await updateProfile(tools, { theme })
        applyTheme(theme)
        return redirect(paths.settings({ saved: 'theme' }), 303)
      }
      case 'warnings':
        await updateProfile(tools, { open_warnings: field(form, 'open_warnings') === 'on' })
        return redirect(paths.settings({ saved: 'warnings' }), 303)
      case 'password':
        await changePassword(tools, form)
        return redirect(paths.settings({ saved: 'password' }), 303)
      case 'end-device':
        await endDevice(tools, field(form, 'device'))
        return redirect(paths.settings({ saved: 'devices' }), 303)
      case 'end-others':
        await endOtherSessions(tools)
        return redirect(paths.settings({ saved: 'devices' }), 303)
      case 'unmute':
        await unmute(tools, field(form, 'handle'))
        return redirect(paths.settings({ saved: 'muted' }), 303)
      case 'unblock':
        await unblock(tools, field(form, 'handle'))
        return redirect(paths.settings({ saved: 'blocked' }), 303)
      case 'sign-out-everywhere':
        await read(tools.api.session.all.$delete())
        return redirectSignedOut(form)
      default:
        return redirect(paths.settings(), 303)
    }
  })
}

const PushSetting = lazyComponent(
  typeof document !== 'undefined' &&
    (async () => (await import('../../components/settings/PushSetting.tsx')).PushSetting),
)

/** The settings page. */
export function Component() {
  const api = useApi()
  const [search] = useSearchParams()
  const { key } = useLocation()
  const scripted = useHasScript()
  const { data: profile } = useSuspenseQuery(ownProfileQuery(api))
  const { data: devices } = useSuspenseQuery(devicesQuery(api, search.get('devices')))
  const { data: muted } = useSuspenseQuery(mutedUsersQuery(api, search.get('muted')))
  const { data: blocked } = useSuspenseQuery(blockedUsersQuery(api, search.get('blocked')))
  const { data: pushKey } = useSuspenseQuery(pushKeyQuery(api))
  const failure = failureIn(useActionData())
  const { formData } = useNavigation()
  const saved = failure ? null : search.get('saved')
  const stateOf = (section: SettingsSection, ...intents: string[]): FormState => ({
    failure: failure && intents.includes(failure.values.intent ?? '') ? failure : undefined,
    pending: formData && intents.includes(field(formData, 'intent')) ? formData : undefined,
    saved: saved === section,
  })
  const signOut = stateOf('devices', 'sign-out-everywhere')
  return (
    <Shell viewer={useViewer()} current="settings">
      <PageHead />
      <PageTitle>Settings</PageTitle>
      <div className="settings">
        <Contents hasPush={pushKey !== null} />
        {profile.is_moderator && (
          <div className="buttons">
            <ButtonLink look="quiet" href={safetyPaths.moderation()}>
              Reports and appeals
            </ButtonLink>
          </div>
        )}
        <Section id="avatar">
          <AvatarForm
            // After an upload, a new key resets the file input.
            key={saved === 'avatar' ? key : 'avatar'}
            user={profile}
            failure={undefined}
            saved={saved === 'avatar'}
          />
        </Section>
        <Section id="profile">
          <ProfileForm profile={profile} {...stateOf('profile', 'profile')} />
        </Section>
        <Section id="banner" lead="The colour above your profile.">
          <BannerForm profile={profile} {...stateOf('banner', 'banner')} />
        </Section>
        <Section id="lifetime" lead="The default for new cruds. You can change it for each one.">
          <DefaultTtlForm ttl={profile.default_ttl} {...stateOf('lifetime', 'lifetime')} />
        </Section>
        <Section id="audience" lead="Who sees your new cruds. You can change it for each one.">
          <DefaultAudienceForm audience={profile.default_audience} {...stateOf('audience', 'audience')} />
          <div className="buttons">
            <ButtonLink look="quiet" href={paths.circle()}>
              Pick your circle
            </ButtonLink>
          </div>
        </Section>
        <Section id="followers">
          <ApproveFollowersForm
            approves_followers={profile.approves_followers}
            {...stateOf('followers', 'followers')}
          />
          <div className="buttons">
            <ButtonLink look="quiet" href={paths.followRequests()}>
              Follow requests
            </ButtonLink>
            <ButtonLink look="quiet" href={paths.followers(profile.handle)}>
              Your followers
            </ButtonLink>
          </div>
        </Section>
        <Section id="alt-text">
          <AltRequiredForm alt_required={profile.alt_required} {...stateOf('alt-text', 'alt-text')} />
        </Section>
        <Section id="theme">
          <ThemeForm theme={profile.theme} {...stateOf('theme', 'theme')} />
        </Section>
        <Section id="warnings" lead="A crud with a content warning shows only the warning until you open it.">
          <OpenWarningsForm open_warnings={profile.open_warnings} {...stateOf('warnings', 'warnings')} />
        </Section>
        {pushKey && (
          <Section id="push" lead="Who did what, also while Cruddur is closed. Never what they said.">
            <noscript>
              <p>This needs JavaScript.</p>
            </noscript>
            {/* Changing the password starts a new session. A new key mounts this again, which stores the subscription for that session. */}
            <PushSetting key={saved === 'password' ? key : 'push'} publicKey={pushKey} />
          </Section>
        )}
        <Section id="password">
          <PasswordForm
            // After a change, a new key empties the inputs.
            key={saved === 'password' ? key : 'password'}
            {...stateOf('password', 'password')}
          />
        </Section>
        <Section id="devices">
          <Devices devices={devices} {...stateOf('devices', 'end-device', 'end-others')} />
        </Section>
        <Section id="muted" lead="You don’t see them in lists. They won’t be told.">
          <MutedUsers users={muted} {...stateOf('muted', 'unmute')} />
        </Section>
        <Section id="blocked" lead="You can’t see each other anywhere.">
          <BlockedUsers users={blocked} {...stateOf('blocked', 'unblock')} />
        </Section>
        {scripted && (
          <Section id="keyboard" lead="Use single-key shortcuts, or turn them off.">
            <div className="buttons">
              <Button look="quiet" type="button" onClick={openShortcutSheet}>
                Shortcuts
              </Button>
            </div>
          </Section>
        )}
        <Section id="export" lead="Your profile and everything of yours still burning, as a JSON file.">
          <div className="buttons">
            <ButtonLink look="quiet" href={paths.export()} download>
              Download
            </ButtonLink>
          </div>
        </Section>
        <Section id="sign-out">
          <FormError sentences={formErrors(signOut.failure?.errors, [])} />
          <Form method="post" action={paths.settings()} className="form">
            <KeepDrafts />
            <div className="buttons">
              <ButtonLink look="quiet" href={paths.signOut()}>
                Sign out
              </ButtonLink>
              <Button look="danger" name="intent" value="sign-out-everywhere" pending={signOut.pending !== undefined}>
                Sign out everywhere
              </Button>
            </div>
          </Form>
        </Section>
        <Section id="delete" lead="Your account and everything in it.">
          <div className="buttons">
            <ButtonLink look="quiet" href={paths.deleteAccount()}>
              Delete your account
            </ButtonLink>
          </div>
        </Section>
      </div>
    </Shell>
  )
}
