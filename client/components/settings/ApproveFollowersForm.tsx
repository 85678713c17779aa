import { type FormState, SettingsForm } from './SettingsForm.tsx'

const NOTES = {
  on: 'Saved. From now on, people ask before they follow you.',
  off: 'Saved. Anyone can follow you, and everyone who was waiting does now.',
}

/** Form for whether others have to ask before they follow the viewer. */
export function ApproveFollowersForm({ approves_followers, ...state }: FormState & { approves_followers: boolean }) {
  return (
    <SettingsForm intent="followers" label="Save followers" note={NOTES[approves_followers ? 'on' : 'off']} {...state}>
      <div>
        <label className="choices">
          <input
            type="checkbox"
            name="approves_followers"
            value="on"
            defaultChecked={approves_followers}
            aria-describedby="approves-hint"
          />
          Approve followers
        </label>
        <p className="soft" id="approves-hint">
          {approves_followers
            ? 'Turning this off accepts everyone who is waiting.'
            : 'People then have to ask before they follow you. Those who follow you already stay.'}
        </p>
      </div>
    </SettingsForm>
  )
}
