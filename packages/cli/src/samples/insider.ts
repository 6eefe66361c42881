/** An email event with the fields that the vendor lists. */
export const insiderSample = {
  email: 'dana@example.com',
  event: 'click',
  event_type: 'email',
  campaign_id: 1201,
  campaign_name: 'Winter sale',
  timestamp: 1767225600,
  iid: '8f2e5a10',
  variation_id: 7,
  subject: 'Your winter discount',
  'msg-id': 'msg-0000000001',
  link_clicked: 'https://shop.example.com/winter',
  journey_name: 'Winter',
  sender_domain: 'mail.example.com',
  ip: '192.0.2.10',
  user_agent: 'Mozilla/5.0',
}
