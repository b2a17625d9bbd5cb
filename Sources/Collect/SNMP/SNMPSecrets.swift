import Config
import Model
import SNMP

/// The credentials with their secrets revealed, or why one cannot be had.
func credentials(_ credentials: SNMPCredentials, _ secrets: SecretStore) -> Result<Credentials, Failure> {
  switch credentials {
  case .v1(let community): secrets.reveal(community).map { .v1(community: $0) }
  case .v2c(let community): secrets.reveal(community).map { .v2c(community: $0) }
  case .v3(let user, let authentication, let password, let privacy, let privacyPassword, let context):
    signing(authentication, password, secrets).flatMap { signing in
      hiding(privacy, privacyPassword, secrets).map { hiding in
        .v3(User(name: user, authentication: signing, privacy: hiding, context: context))
      }
    }
  }
}

private func signing(
  _ method: SNMPCredentials.Authentication?, _ password: SecretReference?, _ secrets: SecretStore
) -> Result<User.Authenticating?, Failure> {
  guard let method else { return .success(nil) }
  guard let password, let known = User.Authentication(rawValue: method.rawValue) else {
    return .failure(Failure(.local, "authentication with \(method.rawValue) has no password"))
  }
  return secrets.reveal(password).map { User.Authenticating(known, password: $0) }
}

private func hiding(
  _ method: SNMPCredentials.Privacy?, _ password: SecretReference?, _ secrets: SecretStore
) -> Result<User.Encrypting?, Failure> {
  guard let method else { return .success(nil) }
  guard let password, let known = User.Privacy(rawValue: method.rawValue) else {
    return .failure(Failure(.local, "privacy with \(method.rawValue) has no password"))
  }
  return secrets.reveal(password).map { User.Encrypting(known, password: $0) }
}

extension SecretStore {
  fileprivate func reveal(_ reference: SecretReference) -> Result<String, Failure> {
    resolve(reference).map { $0.reveal() }
  }
}
