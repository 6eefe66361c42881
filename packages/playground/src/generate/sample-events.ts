/** An event of nobody's. Bodies are as vendors send them: on one line, in their own order of fields. */
export interface SampleEvent {
  readonly title: string
  readonly body: string
}

/**
 * By provider. Fields that a vendor publishes have its names. AgilePoint and Orange Logic publish none: theirs are invented
 * throughout.
 */
export const SAMPLE_EVENTS: Readonly<Record<string, readonly SampleEvent[]>> = {
  agilepoint: [
    {
      title: 'A process instance was completed',
      body: '{"event":"ProcessInstanceCompleted","processInstance":{"id":"0B4F1C6E7A","name":"Purchase request 4711","template":"PurchaseRequest","version":"3.2"},"initiator":"CONTOSO\\\\b.meier","completedAt":"2026-01-15T09:41:07Z"}',
    },
    {
      title: 'A member was added to a group',
      body: '{"event":"GroupMemberAdded","group":{"id":"g-108","name":"Approvers"},"member":"CONTOSO\\\\a.okafor","at":"2026-01-15T10:02:55Z"}',
    },
  ],
  'orange-logic': [
    {
      title: 'An asset was approved',
      body: '{"id":"evt_7f3a9c","type":"asset.approved","asset":{"id":"OL-204815","title":"Harbour at dawn, Trieste","keywords":["harbour","dawn","café"]},"approvedBy":"e.lindqvist","at":"2026-01-15T09:41:07Z"}',
    },
  ],
  insider: [
    {
      title: 'An email was opened',
      body: '{"email":"reader@example.com","event":"open","event_type":"email","campaign_id":48213,"campaign_name":"Winter catalogue","timestamp":1768470067,"iid":"c0ffee48213","variation_id":2,"subject":"20% off until Sunday","msg-id":"01JH2W7XQ8","journey_name":"Winter","sender_domain":"news.example.com","ip":"203.0.113.24","user_agent":"Mozilla/5.0"}',
    },
    {
      title: 'A link was clicked',
      body: '{"email":"reader@example.com","event":"click","event_type":"email","campaign_id":48213,"campaign_name":"Winter catalogue","timestamp":1768470142,"iid":"c0ffee48213","link_clicked":"https://shop.example.com/coats?ref=mail","url_offset":3,"ip":"203.0.113.24"}',
    },
  ],
  'global-commerce': [
    {
      title: 'A subscription was renewed',
      body: '{"id":"5d3f1c2a-9b77-4d0e-8a61-2f0c9e4b7d15","type":"subscription.renewed","data":{"object":{"id":"sub-90017","status":"active","price":49.9,"currency":"EUR","nextRenewal":"2027-01-15"}},"liveMode":false,"createdTime":"2026-01-15T09:41:07Z"}',
    },
    {
      title: 'A payment failed',
      body: '{"id":"b6c2e7f0-1f7d-4f0b-9a55-7c1d1f6a2e88","type":"subscription.payment_failed","data":{"object":{"id":"sub-90018","status":"past_due","attempt":2}},"liveMode":false,"createdTime":"2026-01-15T11:20:31Z"}',
    },
  ],
  autify: [
    {
      title: 'A test plan has ended',
      body: '{"action":"test_plan_result","id":61204,"started_at":"2026-01-15T09:32:11.000Z","finished_at":"2026-01-15T09:41:07.000Z","status":"passed","url":"https://app.example.com/projects/12/results/61204","scenarios":[{"id":880125,"status":"passed","scenario_id":3301,"scenario_name":"Check out with a voucher","review_needed":false,"test_plan_id":774,"capability":{"os":"Windows Server","os_version":"2022","browser":"Chrome","browser_version":"131.0","device":null,"resolution":"1920x1080"}}]}',
    },
    {
      title: 'A test case has ended',
      body: '{"action":"test_case_result","id":880126,"started_at":"2026-01-15T09:50:00.000Z","finished_at":"2026-01-15T09:52:48.000Z","status":"failed","url":"https://app.example.com/projects/12/results/880126","scenario_id":3302,"scenario_name":"Sign in with a wrong password","review_needed":true,"test_plan_id":774}',
    },
  ],
}
