// Sign-ins to the console, of whoever it is.

/** @param options `error`, the message of a sign-in that failed (there is no error code); `mfaDevice` when one was used */
export function signIn(timeline, person, clock, { error, mfaDevice } = {}) {
  timeline.call(person, clock, 'signin.ConsoleLogin', {
    type: 'AwsConsoleSignIn',
    readOnly: false,
    requestId: null,
    error: { message: error },
    response: { ConsoleLogin: error === undefined ? 'Success' : 'Failure' },
    additional: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      ...(mfaDevice && { MFAIdentifier: mfaDevice }),
      MFAUsed: mfaDevice === undefined ? 'No' : 'Yes',
    },
    host: 'us-east-1.signin.aws.amazon.com',
  });
}
