// userAgent texts of the clients in the story.
export const AGENT = {
  truffleHog: 'TruffleHog',
  enumerator:
    'Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#6.1.0-18-amd64 md/arch#x86_64 lang/python#3.11.2 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.69',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  chrome:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36',
  internal: 'AWS Internal',
  s3Browser: 'S3 Browser/11.7.5 (https://s3browser.com)',
  curl: 'curl/8.7.1',
  github:
    'aws-sdk-js/3.758.0 ua/2.1 os/linux#6.11.0-1015-azure lang/js md/nodejs#20.19.0 api/sts#3.758.0 configure-aws-credentials-for-github-actions',
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.11.3 (+https://www.terraform.io) terraform-provider-aws/5.94.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.23.7',
  ssmAgent: 'aws-sdk-go/1.55.5 (go1.23.4; linux; arm64) amazon-ssm-agent/3.3.2299.0',
  webServer: 'aws-sdk-java/2.30.31 ua/2.1 os/Linux#6.1.128 lang/java#21.0.6 md/OpenJDK_64-Bit_Server_VM',
  lambda:
    'Boto3/1.37.3 md/Botocore#1.37.3 ua/2.0 os/linux#5.10.234-250.917.amzn2.x86_64 md/arch#x86_64 lang/python#3.13.2 md/pyimpl#CPython exec-env/AWS_Lambda_python3.13 cfg/retry-mode#legacy Botocore/1.37.3',
};

/** The attacker's command line at first, on Kali Linux. The AWS CLI tells which command was typed. */
export function kaliCli(action) {
  return `aws-cli/2.15.22 Python/3.11.8 Linux/6.6.15-amd64 exe/x86_64.kali.2024 prompt/off command/${command(action)}`;
}

/** The attacker's command line later, on a rented server: nothing about it is odd. */
export function rentedCli(action) {
  return `aws-cli/2.15.22 Python/3.11.8 Linux/6.1.0-18-cloud-amd64 exe/x86_64.debian.12 prompt/off command/${command(action)}`;
}

/** The responder's command line. */
export function macCli(action) {
  return `aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/macos#25.1.0 md/arch#arm64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#source md/prompt#off md/command#${command(action)}`;
}

/** The old build server's command line. */
export function buildServerCli(action) {
  return `aws-cli/2.22.35 md/awscrt#0.23.4 ua/2.0 os/linux#5.15.0-130-generic md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#${command(action)}`;
}

/** `iam.CreateUser` → `iam.create-user` */
function command(action) {
  return action.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();
}
