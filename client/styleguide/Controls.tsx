import { SiteSearch } from '../components/search/SiteSearch.tsx'
import { Button } from '../ui/button/Button.tsx'
import { ButtonLink } from '../ui/button/ButtonLink.tsx'
import { CountedField } from '../ui/form/CountedField.tsx'
import { ErrorText } from '../ui/form/ErrorText.tsx'
import { Field } from '../ui/form/Field.tsx'
import { FormError } from '../ui/form/FormError.tsx'
import { LinkedSentence } from '../ui/form/LinkedSentence.tsx'
import { Select } from '../ui/form/Select.tsx'
import { shownCount } from '../ui/shown-count.tsx'
import { Row, Section, Specimen } from './Specimen.tsx'

const LOOKS = ['accent', 'quiet', 'danger'] as const

/** Buttons in each look and state, and counts. */
export function Buttons() {
  return (
    <Section title="Buttons">
      {LOOKS.map((look) => (
        <Row key={look}>
          <Specimen name={look}>
            <Button look={look}>Crud</Button>
          </Specimen>
          <Specimen name="hover" as="hover">
            <Button look={look}>Crud</Button>
          </Specimen>
          <Specimen name="focus" as="focus">
            <Button look={look}>Crud</Button>
          </Specimen>
          <Specimen name="pending">
            <Button look={look} pending>
              Crud
            </Button>
          </Specimen>
          <Specimen name="small">
            <Button look={look} small>
              Follow
            </Button>
          </Specimen>
          <Specimen name="a link">
            <ButtonLink look={look} href="/styleguide">
              Join
            </ButtonLink>
          </Specimen>
        </Row>
      ))}
      <div className="block">
        <Specimen name="wide">
          <Button wide>Sign in</Button>
        </Specimen>
      </div>
      <Row>
        {[0, 7, 999, 1_234, 1_234_567].map((value) => (
          <Specimen key={value} name={`count of ${value}`}>
            {shownCount(value)}
          </Specimen>
        ))}
      </Row>
    </Section>
  )
}

const HINT = 'Letters a to z, digits and _. Nobody else can have the same one.'

/** Fields in each state. */
export function Forms() {
  return (
    <Section title="Forms">
      <div className="block">
        <Specimen name="at rest, with a hint">
          <Field name="handle" label="Handle" hint={HINT} placeholder="@handle" />
        </Specimen>
        <Specimen name="focus" as="focus">
          <Field name="handle" label="Handle" defaultValue="mira" />
        </Specimen>
        <Specimen name="error, with suggestions">
          <Field
            name="handle"
            label="Handle"
            defaultValue="mira"
            error="Somebody already has this handle. Pick another."
            suggestions={['mira2', 'mira_o', 'okafor']}
            hint={HINT}
          />
        </Specimen>
        <Specimen name="counted">
          <CountedField name="display_name" label="Name" max={60} value="Mira Okafor" />
        </Specimen>
        <Specimen name="counted, many lines, error">
          <CountedField name="bio" label="About you" max={280} value="Tides, mud, birds." multiline error="Too long." />
        </Specimen>
        <Specimen name="a choice">
          <Select name="reason" label="What’s wrong?" options={{ spam: 'Spam', hate: 'Hate' }} value="hate" />
        </Specimen>
        <Specimen name="an error by itself">
          <ErrorText id="styleguide-error">Write a word or two first.</ErrorText>
        </Specimen>
        <Specimen name="error of the whole form">
          <FormError sentences={['Wrong email or password. Check both, or get a new password.']} />
        </Specimen>
        <Specimen name="a sentence with a link">
          <p>
            <LinkedSentence text="Check both, or get a new password." links={{ 'get a new password': '/forgot' }} />
          </p>
        </Specimen>
        <Specimen name="search">
          <SiteSearch />
        </Specimen>
        <Specimen name="search, focus" as="focus">
          <SiteSearch term="rain" />
        </Specimen>
        <Specimen name="search, error">
          <SiteSearch error="Type something to search for." />
        </Specimen>
      </div>
    </Section>
  )
}
