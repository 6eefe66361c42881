/** The result of a test plan with one test case. */
export const autifySample = {
  action: 'test_plan_result',
  id: 1201,
  started_at: '2025-12-31T23:55:02.113Z',
  finished_at: '2025-12-31T23:59:41.870Z',
  status: 'passed',
  url: 'https://app.example.com/projects/7/results/1201',
  scenarios: [
    {
      id: 5501,
      scenario_id: 88,
      scenario_name: 'Log in',
      status: 'passed',
      review_needed: false,
      test_plan_id: 14,
      capability: {
        os: 'Windows Server',
        os_version: '2022',
        browser: 'Chrome',
        browser_version: '131.0',
        device: null,
        resolution: '1920x1080',
      },
    },
  ],
}
